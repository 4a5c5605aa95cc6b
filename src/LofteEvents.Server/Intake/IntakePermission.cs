using System.Security.Claims;
using LofteEvents.Server.Access;
using LofteEvents.Server.Errors;

namespace LofteEvents.Server.Intake;

/// <summary>
/// Who may say what: each type of event names its role, a publisher speaks only for its own sources, and only an operator imports
/// history, whatever it is about.
/// </summary>
internal static class IntakePermission
{
    public static IReadOnlyList<IntakeFault> Check(ClaimsPrincipal caller, IReadOnlyList<IncomingEvent> events)
    {
        List<IntakeFault>? faults = null;
        foreach (var incoming in events)
        {
            if (Fault(caller, incoming) is { } fault)
            {
                (faults ??= []).Add(fault);
            }
        }

        return faults ?? [];
    }

    private static IntakeFault? Fault(ClaimsPrincipal caller, IncomingEvent incoming)
    {
        if (incoming.Type.PublishedBy is not { } role)
        {
            return Refuse(
                "type.not-through-intake",
                incoming,
                "/type",
                $"{incoming.Type.Name} is recorded by the system itself and never taken in.");
        }

        if (incoming.RecordedTime is not null)
        {
            return caller.Has(Roles.Operator)
                ? null
                : Refuse(
                    "recordedtime.not-allowed",
                    incoming,
                    "/recordedtime",
                    $"Only the role {Roles.Operator} imports history; leave recordedtime out, and the event is recorded now.");
        }

        if (!caller.Has(role))
        {
            return Refuse(
                "role.not-allowed",
                incoming,
                "/type",
                $"{incoming.Type.Name} is for the role {role}, which your token does not have.");
        }

        return role != Roles.Publisher || caller.MayPublishAs(incoming.Source)
            ? null
            : Refuse(
                "source.not-allowed",
                incoming,
                "/source",
                $"{Which(incoming)} has the source '{incoming.Source}', which your token does not cover; use one that it does.");
    }

    private static string Which(IncomingEvent incoming) =>
        incoming.Index is { } index ? $"Event {index} of the batch" : "The event";

    private static IntakeFault Refuse(string code, IncomingEvent incoming, string pointer, string sentence) =>
        new(code, new ProblemError(incoming.PointerTo(pointer), sentence));
}
