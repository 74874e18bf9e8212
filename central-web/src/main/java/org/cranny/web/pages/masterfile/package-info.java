/** The signed list of hosts and how it changed. */
package org.cranny.web.pages.masterfile;
