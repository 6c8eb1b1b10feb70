package io.syslet.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is taken for a record: nothing that is cut, changed, or too short for what it says. */
class RecordViewTest {
  private static final int AT = 24;

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(4096).order(ByteOrder.LITTLE_ENDIAN);
  private final RecordWriter writer =
      new RecordWriter(bytes.slice(AT, 2048).order(ByteOrder.LITTLE_ENDIAN));
  private final RecordView view = new RecordView();

  private static int words(RecordKind kind) {
    return switch (kind) {
      case CHECKPOINT -> 8;
      case OPENED -> 9;
      case BEGAN -> 4;
      case ENDED_INLINE -> 3;
      case COMPLETED -> 5;
      case ACKNOWLEDGED, HELD_FROM, HELD_COMPLETIONS -> 2;
      case CLOSED, HELD_CALLS -> 1;
      case CHECKPOINT_END -> 0;
    };
  }

  private int write(RecordKind kind, int words) {
    writer.begin(kind);
    for (int i = 0; i < words; i++) {
      writer.word(0);
    }
    return writer.end(17);
  }

  private boolean isRecord(int length) {
    return view.look(bytes, AT, AT + length);
  }

  @ParameterizedTest
  @EnumSource
  void aRecordHasAllThatItsKindSays(RecordKind kind) {
    int length = write(kind, words(kind));
    assertThat(isRecord(length)).isTrue();
    assertThat(view.kind()).isEqualTo(kind);
    assertThat(view.words()).isEqualTo(words(kind));
    assertThat(view.sequence()).isEqualTo(17);
    assertThat(view.length()).isEqualTo(length);
    assertThat(isRecord(length - 1)).as("cut").isFalse();
    if (words(kind) > 0) {
      int shorter = write(kind, words(kind) - 1);
      assertThat(isRecord(shorter)).as("a word is missing").isFalse();
      assertThat(view.version(bytes, AT, AT + shorter)).isEqualTo(RecordLayout.VERSION);
    }
  }

  @Test
  void noChangedByteIsTakenForTrue() {
    int length = write(RecordKind.COMPLETED, 5);
    for (int i = 0; i < length; i++) {
      byte before = bytes.get(AT + i);
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        bytes.put(AT + i, (byte) (before ^ (1 << bit)));
        assertThat(isRecord(length)).as("bit %d of byte %d", bit, i).isFalse();
      }
      bytes.put(AT + i, before);
    }
    assertThat(isRecord(length)).isTrue();
    for (int cut = 0; cut < length; cut++) {
      assertThat(isRecord(cut)).isFalse();
      assertThat(view.version(bytes, AT, AT + cut)).isZero();
    }
  }

  @Test
  void anotherKindOrVersionIsNone() {
    int length = write(RecordKind.CHECKPOINT_END, 0);
    writer.begin(RecordKind.CHECKPOINT_END);
    bytes.put(AT + RecordLayout.KIND, (byte) 12);
    assertThat(writer.end(17)).isEqualTo(length);
    assertThat(isRecord(length)).isFalse();
    writer.begin(RecordKind.CHECKPOINT_END);
    bytes.put(AT + RecordLayout.VERSION_AT, (byte) 200);
    assertThat(writer.end(17)).isEqualTo(length);
    assertThat(isRecord(length)).isFalse();
    assertThat(view.version(bytes, AT, AT + length)).isEqualTo(200);
  }

  @Test
  void textsLieInsideOfTheirRecord() {
    int[][] lengths = {{2, 2, 1}, {4, 0, 1}, {5, 0, 0}, {0, 5, 0}, {3, 2, 0}, {0xffff, 2, 0}};
    for (int[] each : lengths) {
      writer.begin(RecordKind.OPENED);
      for (int i = 0; i < 8; i++) {
        writer.word(0);
      }
      long text = 'a' | 'b' << 8 | 'c' << 16 | (long) 'd' << 24;
      writer.word(each[0] | (long) each[1] << 16 | text << 32);
      boolean isRight = each[2] == 1;
      assertThat(isRecord(writer.end(17))).as("%d, %d", each[0], each[1]).isEqualTo(isRight);
      if (isRight) {
        assertThat(view.peer().kind()).isEqualTo("abcd".substring(0, each[0]));
        assertThat(view.peer().name()).isEqualTo("abcd".substring(each[0]));
      }
    }
  }
}
