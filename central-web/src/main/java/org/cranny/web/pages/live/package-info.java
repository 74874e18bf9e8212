/** Tells open pages how running jobs go on. */
package org.cranny.web.pages.live;
