/** The door of the simulator. */
export {};
