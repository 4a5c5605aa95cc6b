namespace LofteEvents;

/// <summary>Why a rule of the domain said no: data, not an exception.</summary>
/// <param name="Code">Stable and machine-readable: <c>capability.reason</c> in kebab-case, such as
/// <c>insats.already-voided</c>.</param>
/// <param name="Sentence">One sentence for a person: what, where, and what to do.</param>
/// <param name="Pointer">JSON pointer into the event's data (<c>/term/from</c>) where the refusal is about one place in
/// it.</param>
public sealed record Refusal(string Code, string Sentence, string? Pointer = null);
