using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Triage;

/// <summary>All that decides a verdict beside the words of the rule set, which is kept under its own id and never changed.</summary>
public sealed record RuleParts(Guid? RuleSet, IReadOnlyList<NamedSystem> Systems, Contract? Contract, IReadOnlyList<Clause> Clauses, IReadOnlyDictionary<string, string> Callees)
{
    public CompiledRules With(TriageRules words) => new(new TriageWords(words), Systems, Contract, Clauses, Callees);
}

/// <summary>A state of a client's rules, kept once under its hash, so that a verdict can be reached again by what held then.</summary>
public sealed class RuleSnapshot : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public required string Hash { get; init; }
    public required RuleParts Parts { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
}
