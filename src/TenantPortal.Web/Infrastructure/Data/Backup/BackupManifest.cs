using System.IO.Compression;
using System.Text.Json;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Data.Backup;

/// <summary>One table in a backup: its columns in their order, how many rows, and the sum over their hashes.</summary>
public sealed record BackedUpTable(string Name, IReadOnlyList<string> Columns, long Rows, string Sum);

/// <summary>What a backup says of itself: of when, of which schema, of whom, and what is in it.</summary>
public sealed record BackupManifest(int Format, DateTimeOffset MadeAt, string Schema, Guid? ClientId, string? Client, IReadOnlyList<BackedUpTable> Tables)
{
    public const int Known = 1;
    private const string Entry = "manifest.json";

    public TenantId? OnlyClient => ClientId is { } id ? new TenantId(id) : null;

    public static BackupManifest Read(ZipArchive file)
    {
        if (file.GetEntry(Entry) is not { } entry) throw new InvalidOperationException("This is no backup of the portal, or its end is missing.");
        using var stream = entry.Open();
        var manifest = JsonSerializer.Deserialize<BackupManifest>(stream, ColumnTypes.JsonOptions) ?? throw new InvalidOperationException("The backup's list of contents is empty.");
        if (manifest.Format != Known) throw new InvalidOperationException($"This backup has format {manifest.Format}; this program reads format {Known}.");
        return manifest;
    }

    // last, so that a file whose end is missing is known as broken
    public void Write(ZipArchive file)
    {
        using var stream = file.CreateEntry(Entry).Open();
        JsonSerializer.Serialize(stream, this, ColumnTypes.JsonOptions);
    }

    public static string EntryOf(string table) => $"tables/{table}";
}
