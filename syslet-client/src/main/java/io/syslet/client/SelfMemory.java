package io.syslet.client;

import io.syslet.client.wire.ProgramMemory;
import io.syslet.kernel.CheckedMemory;
import java.lang.foreign.Arena;

/** The memory of the program that is a client, which is this process. One thread at a time. */
final class SelfMemory extends CheckedMemory implements ProgramMemory {
  SelfMemory(Arena arena) {
    super(arena);
  }
}
