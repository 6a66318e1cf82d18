namespace TenantPortal.Domain.Tenancy;

/// <summary>Why something a person asked for was not done: one plain sentence that says what to do. A bug throws instead.</summary>
public sealed record Refusal(string Sentence);
