export declare function parsedPrompts(folder: string): string;
