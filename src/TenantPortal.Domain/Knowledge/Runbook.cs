using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Knowledge;

public enum RunbookKind { Runbook, HowTo, KnownError, Reference }
public enum Risk { None, Low, Medium, High }
public enum RunbookApproval { None, UserConsent, Agent }
public enum Audience { EndUser, ClientContact, Agent }
public enum StepActor { EndUser, Agent }
public enum RunbookState { Draft, InReview, Approved, Published, Archived }

public sealed record RunbookVariable(string Type, bool Required, string? Default, string Description, string? Example);
public sealed record RunbookErrorCode(string Code, string? Meaning);
public sealed record RunbookSource(string Title, string Url, string Type);

/// <summary>What a guide or a step fits; an empty list means anything.</summary>
public sealed record AppliesTo(IReadOnlyList<string> Os, IReadOnlyList<string> App, IReadOnlyList<string> Device)
{
    public static AppliesTo Anything { get; } = new([], [], []);
}

public sealed record RunbookStep
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public StepActor Actor { get; init; }
    public AppliesTo AppliesTo { get; init; } = AppliesTo.Anything;
    public int MinTier { get; init; }
    /// <summary>next, escalate, stop, or another step's id.</summary>
    public string OnFail { get; init; } = "next";
    /// <summary>Markdown with {{variables}}.</summary>
    public required string Do { get; init; }
    public required string Expect { get; init; }
    public string? Rollback { get; init; }
}

/// <summary>A guide as its author wrote it, parsed and checked: front matter and steps.</summary>
public sealed record RunbookDocument
{
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public RunbookKind Kind { get; init; }
    public string Lang { get; init; } = "en";
    public required string Category { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public required IReadOnlyList<string> Symptoms { get; init; }
    public IReadOnlyList<RunbookErrorCode> ErrorCodes { get; init; } = [];
    public string? Cause { get; init; }
    public AppliesTo AppliesTo { get; init; } = AppliesTo.Anything;
    public required IReadOnlyList<Audience> Audience { get; init; }
    public int MinTier { get; init; }
    public IReadOnlyDictionary<string, RunbookVariable> Variables { get; init; } = new Dictionary<string, RunbookVariable>();
    public IReadOnlyList<string> Prerequisites { get; init; } = [];
    public int Minutes { get; init; }
    public Risk Risk { get; init; }
    public RunbookApproval Approval { get; init; }
    public required string Owner { get; init; }
    /// <summary>ISO 8601 period between verifications, such as P6M.</summary>
    public string ReviewEvery { get; init; } = "P6M";
    public IReadOnlyList<string> Success { get; init; } = [];
    public IReadOnlyList<RunbookSource> Sources { get; init; } = [];
    public IReadOnlyList<string> Related { get; init; } = [];
    public IReadOnlyList<string> Supersedes { get; init; } = [];
    public string Introduction { get; init; } = "";
    public required IReadOnlyList<RunbookStep> Steps { get; init; }
}

/// <summary>One version of a guide in the tenant that owns it (the MSP's for the library). State and approval are set here, never by the file.</summary>
public sealed class RunbookVersion : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid RunbookId { get; init; }
    public required int Number { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Category { get; init; }
    public string? Pack { get; init; }
    /// <summary>SHA-256 of the source bytes, hex.</summary>
    public required string Hash { get; init; }
    public required string Source { get; init; }
    public required RunbookState State { get; set; }
    public required string AuthorName { get; init; }
    public string? ApprovedBy { get; set; }
    public DateTimeOffset? ApprovedAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateOnly? ReviewBy { get; set; }

    public Refusal? Approve(string by, DateTimeOffset at)
    {
        if (State is not (RunbookState.Draft or RunbookState.InReview)) return new("This version is approved or withdrawn already. Reload the page.");
        if (by == AuthorName) return new("Somebody other than its author approves a guide. Ask a colleague.");
        (State, ApprovedBy, ApprovedAt) = (RunbookState.Approved, by, at);
        return null;
    }

    public Refusal? Publish()
    {
        if (State is not (RunbookState.Approved or RunbookState.Published)) return new("Only an approved version can be published. Have it approved first.");
        State = RunbookState.Published;
        return null;
    }

    public Refusal? Withdraw()
    {
        if (State is not (RunbookState.Approved or RunbookState.Published)) return new("This version is not published, so there is nothing to withdraw.");
        State = RunbookState.Archived;
        return null;
    }
}

/// <summary>A guide as one client's people may read it: that client's own copy, with its facts filled in and markers where site, device or person decide.</summary>
public sealed class PublishedRunbook : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public required Guid RunbookId { get; init; }
    /// <summary>Hash of source and of the values filled in; an attempt keeps it.</summary>
    public required string VersionHash { get; set; }
    public required string Slug { get; set; }
    public required string Title { get; set; }
    public required string Summary { get; set; }
    public required string Category { get; set; }
    public required int MinTier { get; set; }
    public required List<Audience> Audience { get; set; }
    /// <summary>The whole guide, rendered to safe HTML with markers, as JSON.</summary>
    public required PublishedContent Content { get; set; }
    public required DateTimeOffset PublishedAt { get; set; }
    public required string ApprovedBy { get; set; }
    public DateTimeOffset ApprovedAt { get; set; }
    /// <summary>Grows with each publish or withdrawal of the client.</summary>
    public required long Generation { get; set; }
    public bool IsWithdrawn { get; set; }
}

/// <summary>One step, ready to show: HTML with markers for values that differ by site, device or person, and its plain text for the index.</summary>
public sealed record PublishedStep(string Id, string Title, string Html, string ExpectHtml, string? RollbackHtml, string Text, StepActor Actor, AppliesTo AppliesTo, int MinTier, string OnFail);

/// <summary>A value that site, device or person decides; where they have none, the client's. Without a required one the guide is not offered.</summary>
public sealed record OpenVariable(string Type, bool Required, string? Otherwise);

public sealed record PublishedContent
{
    public required string IntroductionHtml { get; init; }
    public required IReadOnlyList<string> Symptoms { get; init; }
    public required IReadOnlyList<string> ErrorCodes { get; init; }
    public required IReadOnlyList<string> Prerequisites { get; init; }
    public required IReadOnlyList<string> Success { get; init; }
    public required IReadOnlyList<PublishedStep> Steps { get; init; }
    public required AppliesTo AppliesTo { get; init; }
    public string? CauseHtml { get; init; }
    public int Minutes { get; init; }
    public RunbookKind Kind { get; init; }
    /// <summary>Names whose value depends on site, device or person, and is therefore filled in when the guide is read.</summary>
    public required IReadOnlyDictionary<string, OpenVariable> OpenVariables { get; init; }
    public IReadOnlyList<RunbookSource> Sources { get; init; } = [];
    public IReadOnlyList<string> Related { get; init; } = [];
    /// <summary>Slugs of guides that this one replaces.</summary>
    public IReadOnlyList<string> Supersedes { get; init; } = [];
    /// <summary>When its owner should have looked at it again.</summary>
    public DateOnly? ReviewBy { get; init; }
    public string BodyText { get; init; } = "";
}

public enum VariableLevel { Library, Client, Site, Device }

/// <summary>A value for {{name}}: the nearest level wins (the person's device, then site, then client, then library).</summary>
public sealed class VariableValue : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required VariableLevel Level { get; init; }
    /// <summary>The site or device the value is for; empty at the other levels.</summary>
    public Guid OwnerId { get; init; }
    public required string Name { get; init; }
    public required string Value { get; set; }
}

public sealed class GlossaryTerm : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Term { get; set; }
    public List<string> Same { get; set; } = [];
    public string? Meaning { get; set; }
    public string? Pack { get; init; }
}
