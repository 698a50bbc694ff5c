/** What runs in the thread for explanations: numbers in, findings out; it knows no database. */
import { parentPort } from 'node:worker_threads';
import { answerQuestions } from '../rca/index.ts';

if (parentPort) answerQuestions(parentPort);
