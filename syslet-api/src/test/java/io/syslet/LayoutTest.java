package io.syslet;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The entry's structs, against C structs written down from the table of the ABI. */
class LayoutTest {
  private static final String STRUCTS =
      """
      #include <stdint.h>
      #include <stddef.h>
      struct indirect_registers { uint64_t nr, argument[6]; };
      struct syslet_frame { uint64_t ip, sp; };
      struct syslet_args { uint64_t completion_ring_ptr, caller_data; struct syslet_frame frame; };
      struct indirect_params { struct syslet_args syslet; uint32_t file_flags, target; };
      struct slot { struct indirect_registers registers; int64_t status;
        struct indirect_params params; uint8_t reserved[16]; int64_t deadline; };
      struct atom { struct indirect_registers registers; int64_t status;
        struct indirect_params params; uint32_t flags, next; uint64_t result; int64_t deadline; };
      """;

  @Test
  void structsAreThoseOfC() throws Exception {
    CProgram program = new CProgram().line(STRUCTS).begin();
    program.print("registers", "sizeof(struct indirect_registers)");
    program.print("argument", "offsetof(struct indirect_registers, argument[5])");
    program.print("args", "sizeof(struct syslet_args)");
    program.print("params", "sizeof(struct indirect_params)");
    program.print("ring", "offsetof(struct indirect_params, syslet.completion_ring_ptr)");
    program.print("data", "offsetof(struct indirect_params, syslet.caller_data)");
    program.print("ip", "offsetof(struct indirect_params, syslet.frame.ip)");
    program.print("sp", "offsetof(struct indirect_params, syslet.frame.sp)");
    program.print("flags", "offsetof(struct indirect_params, file_flags)");
    program.print("target", "offsetof(struct indirect_params, target)");
    program.print("slot", "sizeof(struct slot)").print("status", "offsetof(struct slot, status)");
    program.print("slotParams", "offsetof(struct slot, params)");
    program.print("atom", "sizeof(struct atom)").print("next", "offsetof(struct atom, next)");
    program.print("atomFlags", "offsetof(struct atom, flags)");
    program.print("result", "offsetof(struct atom, result)");
    program.print("deadline", "offsetof(struct atom, deadline)");
    program.print("slotDeadline", "offsetof(struct slot, deadline)");
    Map<String, Long> theirs = program.numbers();
    assertThat(theirs)
        .containsEntry("registers", (long) Registers.LENGTH)
        .containsEntry("argument", Registers.argument(5))
        .containsEntry("args", (long) Params.SYSLET_ARGS_LENGTH)
        .containsEntry("params", (long) Params.LENGTH)
        .containsEntry("ring", (long) Params.COMPLETION_RING_PTR)
        .containsEntry("data", (long) Params.CALLER_DATA)
        .containsEntry("ip", (long) Params.FRAME_IP)
        .containsEntry("sp", (long) Params.FRAME_SP)
        .containsEntry("flags", (long) Params.FILE_FLAGS)
        .containsEntry("target", (long) Params.TARGET)
        .containsEntry("slot", (long) CallSlots.LENGTH)
        .containsEntry("status", (long) CallSlots.STATUS)
        .containsEntry("slotParams", (long) CallSlots.PARAMS)
        .containsEntry("atom", (long) Atoms.LENGTH)
        .containsEntry("atomFlags", (long) Atoms.FLAGS)
        .containsEntry("next", (long) Atoms.NEXT)
        .containsEntry("result", (long) Atoms.RESULT)
        .containsEntry("deadline", (long) Atoms.DEADLINE)
        .containsEntry("slotDeadline", (long) CallSlots.DEADLINE);
  }

  @Test
  void newSlotsAreEmptyAndCompleteToTheirRing() {
    try (Arena arena = Arena.ofConfined();
        CompletionRing ring = CompletionRing.allocate(arena, 4, 0)) {
      CallSlots slots = CallSlots.allocate(arena, 3, ring);
      assertThat(slots.capacity()).isEqualTo(3);
      for (int i = 0; i < 3; i++) {
        assertThat(slots.slot(i) % CallSlots.LENGTH).isZero();
        assertThat(slots.status(i)).isZero();
        assertThat(slots.callerData(i)).isZero();
        assertThat(Memory.getLong(slots.params(i))).isEqualTo(ring.address());
        assertThat(Memory.getInt(slots.params(i) + Params.TARGET)).isEqualTo(Syslet.TARGET_RING);
      }
    }
  }

  @Test
  void fillingASlotLeavesItsTargetAndItsNeighbours() {
    try (Arena arena = Arena.ofConfined();
        CompletionRing ring = CompletionRing.allocate(arena, 4, 0)) {
      CallSlots slots = CallSlots.allocate(arena, 3, ring);
      Memory.putInt(slots.params(1) + Params.FILE_FLAGS, Sys.O_CLOEXEC);
      slots.set(1, -1, 2, 3, 4, 5, 6, 7, 8);
      assertThat(Memory.getLong(slots.slot(1))).isEqualTo(2);
      assertThat(Memory.getLong(slots.slot(1) + Registers.argument(0))).isEqualTo(3);
      assertThat(Memory.getLong(slots.slot(1) + Registers.argument(5))).isEqualTo(8);
      assertThat(slots.callerData(1)).isEqualTo(-1);
      assertThat(Memory.getLong(slots.params(1))).isEqualTo(ring.address());
      assertThat(Memory.getInt(slots.params(1) + Params.FILE_FLAGS)).isEqualTo(Sys.O_CLOEXEC);
      assertThat(Memory.getLong(slots.slot(0))).isZero();
      assertThat(Memory.getLong(slots.slot(2))).isZero();
    }
  }

  @Test
  void statusesKeep64Bits() {
    try (Arena arena = Arena.ofConfined();
        CompletionRing ring = CompletionRing.allocate(arena, 4, 0)) {
      CallSlots slots = CallSlots.allocate(arena, 1, ring);
      Memory.putLong(slots.slot(0) + CallSlots.STATUS, Long.MIN_VALUE + 5);
      assertThat(slots.status(0)).isEqualTo(Long.MIN_VALUE + 5);
    }
  }

  @Test
  void putParamsClearsWhatItDoesNotSet() {
    try (Arena arena = Arena.ofConfined()) {
      long params = arena.allocate(Params.LENGTH, 8).fill((byte) -1).address();
      Params.put(params, 11, 12);
      assertThat(Memory.getLong(params + Params.COMPLETION_RING_PTR)).isEqualTo(11);
      assertThat(Memory.getLong(params + Params.CALLER_DATA)).isEqualTo(12);
      assertThat(Memory.getLong(params + Params.FRAME_IP)).isZero();
      assertThat(Memory.getLong(params + Params.FRAME_SP)).isZero();
      assertThat(Memory.getLong(params + Params.FILE_FLAGS)).isZero();
    }
  }
}
