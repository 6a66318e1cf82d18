namespace TenantPortal.Domain.Search;

/// <summary>Parts of a document that are weighted and explained apart.</summary>
public enum SearchField { Title, Symptoms, Codes, Steps, Body, Learned }

/// <summary>Who a document is written for.</summary>
[Flags]
public enum Audience { None = 0, Contacts = 1, Staff = 2 }

/// <summary>Who searches; each class has a snapshot of its own, so that nothing hidden shapes what it sees.</summary>
public enum Clearance { Contact, Tier1, Tier2, Tier3 }

/// <summary>Systems, programs and devices that a document speaks of; empty means any.</summary>
public sealed record AppliesTo(IReadOnlyList<string> Systems, IReadOnlyList<string> Apps, IReadOnlyList<string> Devices)
{
    public static AppliesTo Anything { get; } = new([], [], []);
}

/// <summary>What the index needs to know of one published guide; ids order equal scores.</summary>
public sealed record SearchDocument
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public IReadOnlyList<string> Symptoms { get; init; } = [];
    public IReadOnlyList<string> ErrorCodes { get; init; } = [];
    public IReadOnlyList<string> Steps { get; init; } = [];
    public string Body { get; init; } = "";

    /// <summary>Words of past tickets that this guide solved (<see cref="LearnedWords"/>): scored, never shown.</summary>
    public string Learned { get; init; } = "";
    public Audience Audience { get; init; } = Audience.Contacts | Audience.Staff;

    /// <summary>The lowest support tier that may read it; contacts are below every tier.</summary>
    public int MinimumTier { get; init; }
    public AppliesTo AppliesTo { get; init; } = AppliesTo.Anything;
}
