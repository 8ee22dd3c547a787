import { render } from 'preact';
import { App } from './app.tsx';
import { openStream } from './live/stream.ts';
import { followFlow } from './pages/live/flow.ts';
import { followTraffic } from './pages/live/traffic.ts';
import './style/tokens.css';
import './style/base.css';
import './style/parts.css';

// What the stream opens with is said once, whatever page is open then.
followTraffic();
followFlow();
openStream();
const page = document.getElementById('page');
if (page !== null) render(<App />, page);
