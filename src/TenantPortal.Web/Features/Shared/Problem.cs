using TenantPortal.Web.Infrastructure.Files;

namespace TenantPortal.Web.Features.Shared;

/// <summary>What is wrong with one field of a form, in a sentence; the field's id is where the sentence leads.</summary>
public sealed record Problem(string Field, string Sentence);

/// <summary>The field for photos and files, with what is attached already.</summary>
/// <param name="DropAt">The address that takes one away again.</param>
public sealed record FileField(IReadOnlyList<KeptFile> Files, IReadOnlyList<Problem> Problems, string? DropAt = null);
