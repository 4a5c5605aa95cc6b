using LofteEvents.Benchmarks;

// Every family of rows stands in a file of its own and is named here.
RowFamily[] families =
[
    AppendRows.Family,
    IntakeRows.Family,
    ReadRows.Family,
    StatusRows.Family,
    PromiseRows.Family,
    NoticeRows.Family,
    LogSealingRows.Family,
];

return await CommandLine.RunAsync(args, families, CancellationToken.None);
