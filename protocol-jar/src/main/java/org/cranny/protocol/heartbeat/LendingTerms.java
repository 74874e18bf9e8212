package org.cranny.protocol.heartbeat;

/** On what terms a host lends now, in octets. @param limit number of the limit from central that it follows, 0 for none @param ownQuotaBytes the most that it would lend by what was said at the machine alone @param keepFreeBytes what stays free for the owner, by what was said there and at central */
public record LendingTerms(long limit, long ownQuotaBytes, long keepFreeBytes) {}
