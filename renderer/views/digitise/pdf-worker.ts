// A file of our own, so that the build gives the worker a name that the app serves.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
