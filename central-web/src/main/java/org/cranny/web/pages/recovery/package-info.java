/** Lost machines, and leave to open what they kept. */
package org.cranny.web.pages.recovery;
