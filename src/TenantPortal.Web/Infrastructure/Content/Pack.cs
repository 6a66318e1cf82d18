using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;

namespace TenantPortal.Web.Infrastructure.Content;

public sealed record PackRunbook(RunbookDocument Document, string Source, string Hash);
public sealed record PackPicture(string Name, string MediaType, byte[] Bytes);
public sealed record PackTerm(string Term, IReadOnlyList<string> Same, string? Meaning);

/// <summary>A pack read and checked as a whole.</summary>
public sealed record Pack(string Name, string Title, string Version, IReadOnlyList<PackRunbook> Runbooks, IReadOnlyList<RequestType> RequestTypes, TriageRules? Triage, IReadOnlyList<PackTerm> Glossary, IReadOnlyList<PackPicture> Media);
