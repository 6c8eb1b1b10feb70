package io.syslet.kernel;

import io.syslet.Nr;
import io.syslet.table.CallTable;
import java.util.Arrays;

/**
 * What a call waits for, if it waits, where that can be waited for without a thread: a descriptor
 * that is no file, or a time.
 */
public enum WaitForm {
  /** A thread is needed. */
  NONE,
  READ,
  READV,
  WRITE,
  WRITEV,
  RECVFROM,
  RECVMSG,
  SENDTO,
  SENDMSG,
  ACCEPT,
  CONNECT,
  POLL,
  PPOLL,
  EPOLL_WAIT,
  EPOLL_PWAIT2,
  NANOSLEEP,
  CLOCK_NANOSLEEP;

  private static final WaitForm[] FORMS = forms();

  private static WaitForm[] forms() {
    WaitForm[] forms = new WaitForm[CallTable.NUMBERS];
    Arrays.fill(forms, NONE);
    put(forms, READ, Nr.READ);
    put(forms, READV, Nr.READV);
    put(forms, WRITE, Nr.WRITE);
    put(forms, WRITEV, Nr.WRITEV);
    put(forms, RECVFROM, Nr.RECVFROM);
    put(forms, RECVMSG, Nr.RECVMSG);
    put(forms, SENDTO, Nr.SENDTO);
    put(forms, SENDMSG, Nr.SENDMSG);
    put(forms, ACCEPT, Nr.ACCEPT);
    put(forms, ACCEPT, Nr.ACCEPT4);
    put(forms, CONNECT, Nr.CONNECT);
    put(forms, POLL, Nr.POLL);
    put(forms, PPOLL, Nr.PPOLL);
    put(forms, EPOLL_WAIT, Nr.EPOLL_WAIT);
    put(forms, EPOLL_WAIT, Nr.EPOLL_PWAIT);
    put(forms, EPOLL_PWAIT2, Nr.EPOLL_PWAIT2);
    put(forms, NANOSLEEP, Nr.NANOSLEEP);
    put(forms, CLOCK_NANOSLEEP, Nr.CLOCK_NANOSLEEP);
    return forms;
  }

  private static void put(WaitForm[] forms, WaitForm form, long nr) {
    if (nr >= 0) {
      forms[(int) nr] = form;
    }
  }

  /** That of a call number, of which all 64 bits count. */
  public static WaitForm of(long nr) {
    return nr >= 0 && nr < CallTable.NUMBERS ? FORMS[(int) nr] : NONE;
  }

  /** Whether it depends on the descriptor: that of a file needs a thread. */
  public boolean isByFile() {
    return this == READ || this == READV || this == WRITE || this == WRITEV;
  }

  /** Whether the call gives bytes away, and may have given some of them when it has to wait. */
  public boolean isWrite() {
    return this == WRITE || this == WRITEV || this == SENDTO || this == SENDMSG;
  }

  /** Whether the call waits until its descriptor can be written, else until it can be read. */
  public boolean isOut() {
    return isWrite() || this == CONNECT;
  }

  /** Whether the call waits for some of several descriptors. */
  public boolean isPolling() {
    return this == POLL || this == PPOLL;
  }

  /** Whether the call waits for an epoll instance. */
  public boolean isEpoll() {
    return this == EPOLL_WAIT || this == EPOLL_PWAIT2;
  }

  /** Whether the call waits for a time alone. */
  public boolean isSleep() {
    return this == NANOSLEEP || this == CLOCK_NANOSLEEP;
  }
}
