/** Customers, agents, teams, channels, tags and files (§5–§9). */
import { isRecord, json, parseObject, vendorError } from '../http-types.ts';
import { findCustomer, upsertCustomer, writeCustomer } from '../model/customers.ts';
import { createTag, findTag } from '../model/tags.ts';
import { type ApiCall, type ApiOutcome, answer } from './context.ts';
import { page } from './lists.ts';
import { agentView, channelView, customerView, tagView, teamView } from './view.ts';

/** Not published by the vendor; small enough to be met in a test. */
const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

export function readCustomer(call: ApiCall, type: 'email' | 'phone', value: string): ApiOutcome {
  const customer = findCustomer(call.world, type, value);
  return answer(
    customer === undefined ? vendorError(404, 'Customer not found') : json(200, { customer: customerView(customer) }),
  );
}

/** `POST /customers`: 409 when the address belongs to a customer with another uid (§5). */
export function writeCustomers(call: ApiCall): ApiOutcome {
  const given = parseObject(call.body)?.customer;
  if (!isRecord(given)) return answer(vendorError(400, 'customer is required'));
  const { uid, email, name, phone, ...rest } = given;
  const draft = { uid: text(uid), email: text(email), name: text(name), phone: text(phone), properties: rest };
  const byUid = draft.uid === undefined ? undefined : findCustomer(call.world, 'uid', draft.uid);
  const byEmail = draft.email === undefined ? undefined : findCustomer(call.world, 'email', draft.email);
  const isTaken = byEmail !== undefined && draft.uid !== undefined && byEmail !== byUid && byEmail.uid !== undefined;
  if (isTaken) return answer(vendorError(409, 'email already belongs to another customer'));
  const customer = byUid === undefined ? upsertCustomer(call.world, draft) : writeCustomer(call.world, byUid, draft);
  const reference = { id: customer.id, ...(customer.uid === undefined ? {} : { uid: customer.uid }) };
  return answer(json(200, { message: 'Customer created/updated successfully', customer: reference }));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function listAgents(call: ApiCall): ApiOutcome {
  return page(call, call.world.options.usersWrapper, call.world.agents, agentView);
}

export function readAgent(call: ApiCall, id: string): ApiOutcome {
  const agent = call.world.agents.find((one) => one.id === id);
  return answer(agent === undefined ? vendorError(404, 'User not found') : json(200, { user: agentView(agent) }));
}

export function listTeams(call: ApiCall): ApiOutcome {
  return page(call, 'team', call.world.teams, teamView);
}

export function listChannels(call: ApiCall): ApiOutcome {
  return page(call, 'channels', call.world.channels, channelView);
}

export function readChannel(call: ApiCall, id: string): ApiOutcome {
  const seat = call.world.channels.find((one) => one.id === id);
  return answer(seat === undefined ? vendorError(404, 'Channel not found') : json(200, { channel: channelView(seat) }));
}

export function listTags(call: ApiCall): ApiOutcome {
  return page(call, 'tag', call.world.tags.values(), tagView);
}

/** `POST /tags`, nested or flat; a name that exists answers the tag there is. */
export function writeTag(call: ApiCall): ApiOutcome {
  const body = parseObject(call.body);
  const given = isRecord(body?.tag) ? body.tag : body;
  const name = text(given?.name);
  if (name === undefined) return answer(vendorError(400, 'tag.name is required'));
  const tag = findTag(call.world, name) ?? createTag(call.world, name, text(given?.description));
  return answer(json(200, { tag: tagView(tag) }));
}

/** `POST /file/upload`: multipart with the field `file`; contents are not kept. */
export function uploadFile(call: ApiCall): ApiOutcome {
  const body = call.body ?? '';
  if (body.length > MAX_UPLOAD_BYTES) return answer(vendorError(413, 'file too large'));
  const isFile = call.contentType.startsWith('multipart/form-data') && /name="file"/.test(body);
  if (!isFile) return answer(vendorError(400, 'file is required'));
  return answer(json(200, { url: `https://files.example/${call.world.ids.uuid()}` }));
}
