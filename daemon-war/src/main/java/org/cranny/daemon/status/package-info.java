/** What this daemon has done since it first began. */
package org.cranny.daemon.status;
