package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Publishers of one ring, in every order of their steps, with waiters and an eventfd. */
class PublishersTest {
  private static int orders(int publishers, Integer... steps) throws Exception {
    Object[] arguments = new Object[steps.length + 1];
    arguments[0] = publishers;
    System.arraycopy(steps, 0, arguments, 1, steps.length);
    Process program =
        Programs.java(
            PublishersMain.class, List.of("-Dio.syslet.ring.steps=true", "-ea"), arguments);
    return Integer.parseInt(Programs.finish(program));
  }

  @Test
  void twoBetweenTheirLooksAtMarksAndHead() throws Exception {
    int orders =
        orders(
            2,
            ProtocolStep.CLAIMED,
            ProtocolStep.PUBLISHED,
            ProtocolStep.HEAD_SEEN,
            ProtocolStep.HEAD_MOVED,
            ProtocolStep.WOKEN);
    assertThat(orders).isGreaterThan(252);
  }

  @Test
  void threeBetweenClaimAndEnd() throws Exception {
    int orders = orders(3, ProtocolStep.CLAIMED, ProtocolStep.PUBLISHED, ProtocolStep.HEAD_MOVED);
    assertThat(orders).isEqualTo(1680);
  }
}
