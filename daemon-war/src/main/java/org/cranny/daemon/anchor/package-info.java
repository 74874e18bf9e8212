/** Keeps heads of central's log, and gives none of them back. */
package org.cranny.daemon.anchor;
