namespace LofteEvents.Loften;

/// <summary>
/// What must hold of an amendment: a promise that was made can be changed for the future but not be made unsaid. Pointers are
/// into the data of <c>lofte.amended.v1</c>.
/// </summary>
internal static class AmendmentCheck
{
    /// <param name="inForce">The definition as it reads before the amendment.</param>
    /// <param name="term">The term as it now stands, prolonged or cut short by an end.</param>
    public static IReadOnlyList<Refusal> Check(LofteDefinition inForce, Term term, LofteAmended said, Areas areas)
    {
        var faults = new List<Refusal>();
        if (said.Definition.Id != inForce.Id)
        {
            faults.Add(new(
                "amendment.other-promise",
                $"The amendment is of '{inForce.Id}' but its definition has the id '{said.Definition.Id}'; keep the id.",
                "/definition/id"));
        }

        if (said.Definition.Term != inForce.Term)
        {
            faults.Add(new(
                "amendment.term-changed",
                "An amendment does not change the term; prolong the promise with lofte.prolonged.v1, or end it with "
                + "lofte.ended.v1.",
                "/definition/term"));
        }

        if (!term.Contains(said.EffectiveFrom))
        {
            faults.Add(new(
                "amendment.outside-term",
                $"The amendment takes effect on {said.EffectiveFrom:O}, outside the term from {term.From:O} to {term.To:O}; "
                + "correct the day.",
                "/effectiveFrom"));
        }

        faults.AddRange(Kept(inForce, said.Definition));
        faults.AddRange(DefinitionCheck.Check(said.Definition, areas)
            .Select(fault => fault with { Pointer = "/definition" + fault.Pointer }));
        return faults;
    }

    private static IEnumerable<Refusal> Kept(LofteDefinition inForce, LofteDefinition amended)
    {
        foreach (var commitment in inForce.Commitments)
        {
            var i = amended.Commitments.ToList().FindIndex(other => other.Id == commitment.Id);
            if (i < 0)
            {
                yield return new(
                    "amendment.commitment-gone",
                    $"The commitment '{commitment.Id}' was promised and cannot be amended away; keep it, and record why it is "
                    + "not kept with "
                    + "commitment.hindered.v1.",
                    "/definition/commitments");
            }
            else if (!SameShape(amended.Commitments[i].Rule, commitment.Rule))
            {
                yield return new(
                    "amendment.other-shape",
                    $"The commitment '{commitment.Id}' cannot be judged by another shape of rule halfway; keep its rule, and "
                    + "add the new one as a "
                    + "commitment with an id of its own.",
                    $"/definition/commitments/{i}/rule/shape");
            }
        }
    }

    /// <summary>What was counted as one shape cannot be told as another.</summary>
    private static bool SameShape(Rule one, Rule other) => (one, other) switch
    {
        (CombinedRule amended, CombinedRule signed) => signed.Of.All(before =>
            amended.Of.FirstOrDefault(part => part.Id == before.Id) is { } part && SameShape(part.Rule, before.Rule)),
        (ResponseRule amended, ResponseRule signed) => amended.Answer is null == signed.Answer is null,
        _ => one.GetType() == other.GetType(),
    };
}
