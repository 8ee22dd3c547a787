import { render } from 'preact';
import { App } from './app.tsx';
import { openStream } from './live/stream.ts';
import './style/tokens.css';
import './style/base.css';
import './style/parts.css';

openStream();
const page = document.getElementById('page');
if (page !== null) render(<App />, page);
