/** A dialog over the page: the browser's own, so that focus stays in it, Escape closes it, and the page behind is out of reach. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export function Dialog({
  name,
  isOpen,
  onClose,
  children,
}: {
  name: string;
  isOpen: boolean;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (isOpen && dialog?.open === false) dialog.showModal();
    if (!isOpen && dialog?.open === true) dialog.close();
  }, [isOpen]);
  return (
    <dialog ref={element} aria-label={name} onClose={onClose}>
      {isOpen ? (
        <>
          <h2>{name}</h2>
          {children}
        </>
      ) : null}
    </dialog>
  );
}
