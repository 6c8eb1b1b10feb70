package io.syslet.linux.events;

import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;

/**
 * Which events somebody records now. Any thread may ask, at the price of reading a field; whoever
 * {@linkplain #look looks} now and then keeps the answers right. A JVM without the module {@code
 * jdk.jfr} records none.
 */
public final class Events {
  private static boolean blocking;
  private static boolean calls;
  private static boolean turns;
  private static boolean absent;

  private Events() {}

  /** Whether calls that block, or sleeps, are recorded. */
  public static boolean blocking() {
    return blocking;
  }

  /** Whether each call is recorded, and has to be made by itself. */
  public static boolean calls() {
    return calls;
  }

  /** Whether it is recorded what runs on which worker. */
  public static boolean turns() {
    return turns;
  }

  /** Looks at what is recorded. Cheap as long as nobody has ever recorded anything. */
  public static synchronized void look() {
    try {
      if (!absent && FlightRecorder.isInitialized()) {
        calls = Types.isEnabled(Types.CALL);
        turns = Types.isEnabled(Types.TURN);
        blocking = calls || Types.BLOCKING.stream().anyMatch(Types::isEnabled);
      }
    } catch (LinkageError e) {
      absent = true;
    }
  }

  /** Whether there is a flight recorder in this JVM, which writes its files when the JVM exits. */
  public static boolean isRecorderThere() {
    try {
      return FlightRecorder.isInitialized();
    } catch (LinkageError e) {
      return false;
    }
  }

  /** Registered when somebody records. */
  private static final class Types {
    static final EventType CALL = type(CallEvent.class);
    static final EventType TURN = type(TurnEvent.class);
    static final List<EventType> BLOCKING =
        List.of(
            type(CallBlockedEvent.class),
            type(HandedOverEvent.class),
            type(CompletedEvent.class),
            type(MissedEvent.class),
            type(SleptEvent.class),
            type(WaitedEvent.class));

    private Types() {}

    private static EventType type(Class<? extends Event> event) {
      FlightRecorder.register(event);
      return EventType.getEventType(event);
    }

    static boolean isEnabled(EventType type) {
      return type.isEnabled();
    }
  }
}
