import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './aria-strings.ts';
import './look/index.css';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('no #root in index.html');
createRoot(root).render(<StrictMode><App /></StrictMode>);
