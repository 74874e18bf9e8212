/** What central has daemons do with fragments that they keep, always under a grant: copies, and the trash. */
package org.cranny.protocol.custody;
