namespace TenantPortal.Web.Features.Reporting;

/// <summary>Marks the sentences of the report pages (Words.resx).</summary>
public sealed class Words;
