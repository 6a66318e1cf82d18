using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Features.Api;

/// <summary>A report on behalf of a person. What the rules still miss is asked for afterwards, as with any other door.</summary>
public sealed record OpenRequest
{
    /// <summary>Whose request it is: mail address, id or external reference of an active person of the client.</summary>
    public required string Contact { get; init; }
    /// <summary>Left out: the first line of the text.</summary>
    public string? Subject { get; init; }
    public required string Text { get; init; }
    /// <summary>What your system calls it: the same reference never makes a second ticket.</summary>
    public string? ExternalRef { get; init; }
    public string? Error { get; init; }
    public Impact? Impact { get; init; }
    public Urgency? Urgency { get; init; }
    /// <summary>Name of one of the client's systems, or words for another.</summary>
    public string? System { get; init; }
    public Sensitivity? Sensitivity { get; init; }
    /// <summary>Id or external reference.</summary>
    public string? Site { get; init; }
    /// <summary>Id or external reference.</summary>
    public string? Device { get; init; }
}

/// <summary>A message of the contact's side.</summary>
public sealed record MessageRequest
{
    public required string Text { get; init; }
    /// <summary>Who says it: mail address, id or external reference. Left out: the ticket's contact.</summary>
    public string? Contact { get; init; }
}

/// <summary>A reply of staff to the contact.</summary>
public sealed record ReplyRequest
{
    public required string Text { get; init; }
    /// <summary>The ticket then waits for the contact.</summary>
    public bool Wait { get; init; }
}

/// <summary>An internal note, which the contact never sees.</summary>
public sealed record NoteRequest
{
    public required string Text { get; init; }
}

public sealed record ResolveRequest
{
    /// <summary>How it was solved. A client's token may leave it out: then its contact closes the request.</summary>
    public string? Summary { get; init; }
    public string? Cause { get; init; }
    public string? Workaround { get; init; }
    public string? PermanentFix { get; init; }
    public string? Prevention { get; init; }
}

public sealed record ReopenRequest
{
    /// <summary>Why; with a client's token it is the contact's message.</summary>
    public required string Text { get; init; }
}
