/** The connectivity monitor: who can be reached from here. */
package org.cranny.daemon.monitor;
