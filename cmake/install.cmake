# Where Debian expects things.  Programs are installed by program().
set(UNIT_DIR lib/systemd/system CACHE PATH "systemd's units, below the prefix")
install(FILES systemd/kiphand.service systemd/kiphan-worker@.service
              systemd/kiphan-failed@.service DESTINATION ${UNIT_DIR})
install(FILES systemd/kiphan.sysusers DESTINATION lib/sysusers.d RENAME kiphan.conf)
install(FILES systemd/kiphan.tmpfiles DESTINATION lib/tmpfiles.d RENAME kiphan.conf)
install(FILES systemd/kiphan.sudoers systemd/kiphand-tcp.conf DESTINATION ${CMAKE_INSTALL_DATADIR}/kiphan)
foreach(directory templates example)
  if(EXISTS ${PROJECT_SOURCE_DIR}/config/${directory})
    install(DIRECTORY config/${directory} DESTINATION ${CMAKE_INSTALL_DATADIR}/kiphan
            PATTERN "__pycache__" EXCLUDE)
  endif()
endforeach()
install(FILES config/kiphan.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/kiphan OPTIONAL)
file(GLOB pages1 docs/man/*.1)
file(GLOB pages5 docs/man/*.5)
file(GLOB pages8 docs/man/*.8)
install(FILES ${pages1} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${pages5} DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(FILES ${pages8} DESTINATION ${CMAKE_INSTALL_MANDIR}/man8)
install(FILES scripts/completion/kiphan.bash RENAME kiphan OPTIONAL
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(DIRECTORY docs/schemas DESTINATION ${CMAKE_INSTALL_DATADIR}/kiphan)
install(FILES README.md CHANGELOG.md LICENSE OPTIONAL
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/kiphan)
