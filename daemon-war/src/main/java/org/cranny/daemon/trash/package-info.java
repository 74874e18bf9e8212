/** The way of a fragment off this machine: into the trash, and after its time away. */
package org.cranny.daemon.trash;
