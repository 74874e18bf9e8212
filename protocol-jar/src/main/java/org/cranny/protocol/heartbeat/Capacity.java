package org.cranny.protocol.heartbeat;

/** Space, measured on the real file system, in octets. @param diskBytes size of the file system @param diskFreeBytes free there for this user @param quotaBytes the most that is lent @param keptBytes fragments kept now @param availableBytes what still fits: the least of quota less kept and free less keep-free, never negative @param fragments how many are kept */
public record Capacity(
        long diskBytes, long diskFreeBytes, long quotaBytes, long keptBytes, long availableBytes, long fragments) {}
