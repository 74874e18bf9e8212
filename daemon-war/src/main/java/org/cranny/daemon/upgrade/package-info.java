/** What central is told of this program, and how its next version comes. */
package org.cranny.daemon.upgrade;
