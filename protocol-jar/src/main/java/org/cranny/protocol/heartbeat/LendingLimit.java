package org.cranny.protocol.heartbeat;

/** What a host's owner asked for at central: to lend no more, and to keep no less free, than this. It only ever takes away from what was said at the machine itself. @param number counts what was asked for at central of this host, from 1 @param quotaBytes the most that is lent, or null @param quotaPercent the same as a share of the file system, or null; the lesser counts @param keepFreeBytes what stays free for the owner, or null @param keepFreePercent the same as a share of the file system, or null; the greater counts */
public record LendingLimit(
        long number, Long quotaBytes, Double quotaPercent, Long keepFreeBytes, Double keepFreePercent) {}
