using LofteEvents.Server.Access;
using LofteEvents.Server.Channels;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Events;
using LofteEvents.Server.Hosting;
using LofteEvents.Server.Intake;
using LofteEvents.Server.Loften;
using LofteEvents.Server.OpenApi;
using LofteEvents.Server.Pages;
using LofteEvents.Server.Projections;
using LofteEvents.Server.Schemas;
using LofteEvents.Server.Sealing;

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
builder.Services.AddDatabase(database, settings);
builder.Services.AddEngine(settings, database);
builder.Services.AddErrors();
builder.Services.AddAccess(settings);
builder.Services.AddIntake();
builder.Services.AddApiDescription();
builder.Services.AddProjections();
builder.Services.AddLoften();
builder.Services.AddChannels(settings);
builder.Services.AddSealing(settings);
builder.Services.AddPages();

await using var app = builder.Build();
app.UsePipeline(settings);

app.MapHealth();
app.MapApiDescription();
app.MapDevelopmentToken();
app.MapLog(settings);

var api = app.MapGroup("/api/v1");
api.MapIntake();
api.MapEvents();
api.MapSchemas();
api.MapApiInfo();
api.MapLoften();
api.MapProjections().MapDeadLetters();
app.MapPages();

await app.ServeAsync(database, stop.Token);
return 0;
