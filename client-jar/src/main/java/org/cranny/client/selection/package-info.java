/** Lists of files that somebody chose: read from a file or a job, and made exact. */
package org.cranny.client.selection;
