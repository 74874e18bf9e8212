/** A system's snapshots: calendar, folders, files, differences, restores. */
package org.cranny.web.pages.backups;
