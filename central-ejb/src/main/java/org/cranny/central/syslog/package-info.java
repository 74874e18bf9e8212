/** Gives the log to a receiver of syslog, entry by entry and in order. */
package org.cranny.central.syslog;
