using LofteEvents.Server.Access;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Hosting;

var builder = WebApplication.CreateBuilder(args);
if (ServerSettings.Read(builder.Configuration, builder.Environment, out var faults) is not { } settings)
{
    return StartRefusal.Say(faults, StartRefusal.WrongUse);
}

builder.AddHosting(settings);
builder.Services.AddErrors();
builder.Services.AddAccess(settings);
builder.Services.AddHealthChecks();

await using var app = builder.Build();
app.UseSecurityHeaders();
app.UseErrors();
app.UseAuthentication();
app.UseAuthorization();

app.MapHealth();
app.MapDevelopmentToken();
app.MapNotFound();

await app.RunAsync();
return 0;
