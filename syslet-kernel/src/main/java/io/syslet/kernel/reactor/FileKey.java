package io.syslet.kernel.reactor;

/** What descriptors of the same pipe or socket, opened for the same, have in common. */
record FileKey(long device, long inode, int accessMode) {}
