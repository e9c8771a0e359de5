console.error("troupe: no commands yet");
