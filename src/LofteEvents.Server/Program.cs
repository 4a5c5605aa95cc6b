using LofteEvents.Server.Hosting;

var builder = WebApplication.CreateBuilder(args);
if (ServerSettings.Read(builder.Configuration, builder.Environment, out var faults) is not { } settings)
{
    return StartRefusal.Say(faults, StartRefusal.WrongUse);
}

using var stop = new StopSignal();
await using var database = await DatabaseStart.OpenAsync(settings, stop.Token);
if (database is null)
{
    return StartRefusal.Failed;
}

builder.AddHosting(settings);
builder.AddTelemetryExport();
builder.Services.AddDatabase(database, settings);
builder.Services.AddEngine(settings, database);
builder.Services.AddCapabilities(settings);

await using var app = builder.Build();
app.UsePipeline(settings);
app.MapCapabilities(settings);

await app.ServeAsync(database, stop.Token);
return 0;
