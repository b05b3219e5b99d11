/** How a job stands at the provider. */
export interface JobStatus {
  id: string;
  state: 'working' | 'completed' | 'expired' | 'cancelled' | 'failed';
  /** Requests that are answered or refused, of so many. */
  settled: number;
  of: number;
  /** Files of answers and of refusals; what there is of them, however the job ended. */
  resultFiles: string[];
  /** Why a failed job was not begun. */
  failure: { code: string; message: string };
}

/** Takes files of requests and works them off within a day, for less. All methods throw what the provider's library throws. */
export interface JobService {
  /** Uploads a file of requests under a name; its id there. */
  upload(path: string, name: string): Promise<string>;
  /** Makes a job of an uploaded file. `mark` is what `find` knows it by. Never asked twice by itself. */
  create(file: string, mark: string): Promise<JobStatus>;
  /** The job with a mark, among those made since (milliseconds since 1970); null where there is none. */
  find(mark: string, since: number): Promise<JobStatus | null>;
  look(id: string, signal: AbortSignal): Promise<JobStatus>;
  /** Adds the lines of a result file to a file on disk. */
  download(file: string, path: string, signal: AbortSignal): Promise<void>;
  remove(file: string): Promise<void>;
}

/** How a model's calls are put into jobs. */
export interface Jobs {
  service(): Promise<JobService>;
  /** The line of a job's file for one request. */
  line(id: string, body: Record<string, unknown>): string;
}
