package io.syslet.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.syslet.server.guard.Lobby;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final int MANY = 10_000;

  private final List<Channel> away = new ArrayList<>();
  private final Lobby<Channel> lobby = new Lobby<>(1, away::add);
  private final EmbeddedChannel listener = new EmbeddedChannel(new Admission(lobby));

  private EmbeddedChannel accept() {
    EmbeddedChannel accepted = new EmbeddedChannel();
    listener.writeInbound(accepted);
    assertThat(listener.<Channel>readInbound()).as("goes on").isSameAs(accepted);
    return accepted;
  }

  @Test
  void whoIsLetInLateHasHisTurnOfWhenHeCame() {
    EmbeddedChannel first = accept();
    EmbeddedChannel second = accept();
    Admission.enter(lobby, second);
    Admission.enter(lobby, first);
    assertThat(away).containsExactly(first);
  }

  @Test
  void nobodyIsAcceptedForAWhileOnceManyWere() {
    int accepted = 0;
    while (listener.config().isAutoRead() && accepted < MANY) {
      accept();
      accepted++;
    }
    assertThat(accepted).isBetween(256, MANY - 1);
    listener.advanceTimeBy(1, TimeUnit.SECONDS);
    listener.runScheduledPendingTasks();
    assertThat(listener.config().isAutoRead()).isTrue();
  }
}
