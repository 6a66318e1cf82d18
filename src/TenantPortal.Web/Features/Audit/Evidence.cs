using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Audit;

/// <summary>What a file of evidence says of itself; these bytes are signed.</summary>
public sealed record Manifest(string Client, string ClientName, Guid ClientId, long Links, string Head, string ChainSha256, DateTimeOffset MadeAt, string MadeBy, string PublicKey);

/// <summary>One line of chain.jsonl: the link, and the text it stands for.</summary>
public sealed record EvidenceLine(long Number, string Source, string SourceId, Guid? TicketId, string Kind, string ActorKind, Guid? ActorId, DateTimeOffset At, DateTimeOffset SealedAt, string ContentHash, string? Salt, string? Content, string Previous, string Hash)
{
    public static EvidenceLine Of(AuditLine line) => new(line.Entry.Number, line.Entry.Source, line.Entry.SourceId, line.Entry.TicketId, line.Entry.Kind, line.Entry.ActorKind, line.Entry.ActorId, line.Entry.At, line.Entry.SealedAt,
        Convert.ToHexStringLower(line.Entry.ContentHash), line.Entry.Salt is { } salt ? Convert.ToHexStringLower(salt) : null, line.Content, Convert.ToHexStringLower(line.Entry.Previous), Convert.ToHexStringLower(line.Entry.Hash));

    public AuditEntry AsEntry(TenantId client) => new()
    {
        TenantId = client, Number = Number, Source = Source, SourceId = SourceId, TicketId = TicketId, Kind = Kind, ActorKind = ActorKind, ActorId = ActorId, At = At, SealedAt = SealedAt,
        ContentHash = Convert.FromHexString(ContentHash), Salt = Salt is null ? null : Convert.FromHexString(Salt), Previous = Convert.FromHexString(Previous), Hash = Convert.FromHexString(Hash),
    };
}

/// <summary>How a file of evidence came out: the chain, and whose signature it bears.</summary>
/// <param name="Problem">Why the file cannot be believed at all; null where only the chain speaks.</param>
public sealed record EvidenceCheck(Manifest? Manifest, AuditChain? Chain, string? Problem)
{
    public bool IsWhole => Problem is null && Chain is { IsWhole: true };
}

/// <summary>The signed zip of one client's chain, and its check, which needs nothing but the file.</summary>
public static class Evidence
{
    public const string ChainFile = "chain.jsonl", ManifestFile = "manifest.json", SignatureFile = "manifest.sig", AboutFile = "README.txt";
    private static readonly DateTimeOffset Fixed = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public const string About = """
        Evidence of what happened, one line a link (chain.jsonl), oldest first.
        Each link's hash is SHA-256 of the link before it and of: client|number|source|source id|ticket|kind|actor kind|actor|at|sealed at|content hash.
        The first link follows SHA-256 of the client's id. A content hash is SHA-256 of the salt and of the content's UTF-8 bytes; where the salt is missing,
        the content was erased for a person's sake, and the chain holds all the same.
        manifest.json names the last link and the SHA-256 of chain.jsonl; manifest.sig is its ECDSA signature (P-256, SHA-256, r and s).
        Check it with: ./portal audit verify FILE [--key KEY.pem]
        """;

    /// <summary>Writes chain.jsonl.</summary>
    public static async Task<(AuditChain Chain, string Sha256)> WriteChainAsync(TenantId client, IAsyncEnumerable<AuditLine> lines, Stream to, CancellationToken cancel)
    {
        var chain = new AuditChain(client);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var line in lines.WithCancellation(cancel))
        {
            chain.Follow(line.Entry, line.Content);
            byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(EvidenceLine.Of(line), ColumnTypes.JsonOptions), (byte)'\n'];
            sha.AppendData(bytes);
            await to.WriteAsync(bytes, cancel);
        }
        return (chain, Convert.ToHexStringLower(sha.GetHashAndReset()));
    }

    public static async Task AddAsync(ZipArchive zip, string name, byte[] bytes, CancellationToken cancel)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = Fixed;
        await using var to = await entry.OpenAsync(cancel);
        await to.WriteAsync(bytes, cancel);
    }

    /// <param name="trusted">The public key that must have signed; null: the one in the file, which shows only that nothing was changed since.</param>
    public static async Task<EvidenceCheck> CheckAsync(Stream file, string? trusted, CancellationToken cancel)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            if (zip.GetEntry(ManifestFile) is not { } manifestFile || zip.GetEntry(SignatureFile) is not { } signatureFile || zip.GetEntry(ChainFile) is not { } chainFile) return new(null, null, $"This is no evidence: it lacks {ManifestFile}, {SignatureFile} or {ChainFile}.");
            var (bytes, signature) = (await ReadAsync(manifestFile, cancel), await ReadAsync(signatureFile, cancel));
            var manifest = JsonSerializer.Deserialize<Manifest>(bytes, ColumnTypes.JsonOptions)!;
            using var key = ECDsa.Create();
            key.ImportFromPem(trusted ?? manifest.PublicKey);
            if (!key.VerifyData(bytes, signature, HashAlgorithmName.SHA256)) return new(manifest, null, trusted is null ? "The manifest was changed after it was signed." : "It was not signed with this key, or changed afterwards.");
            return await FollowAsync(manifest, chainFile, cancel);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or CryptographicException or FormatException or ArgumentException) { return new(null, null, $"This file cannot be read as evidence: {e.Message}"); }
    }

    private static async Task<EvidenceCheck> FollowAsync(Manifest manifest, ZipArchiveEntry chainFile, CancellationToken cancel)
    {
        var chain = new AuditChain(new(manifest.ClientId));
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var from = await chainFile.OpenAsync(cancel);
        using var reader = new StreamReader(from, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancel) is { } text)
        {
            sha.AppendData([.. Encoding.UTF8.GetBytes(text), (byte)'\n']);
            var line = JsonSerializer.Deserialize<EvidenceLine>(text, ColumnTypes.JsonOptions)!;
            chain.Follow(line.AsEntry(new(manifest.ClientId)), line.Content);
        }
        if (chain.Head != manifest.Head || chain.Count != manifest.Links) return new(manifest, chain, $"The manifest names {manifest.Links} links, the file ends with {chain.Count} and another hash: something is missing at its end.");
        return new(manifest, chain, Convert.ToHexStringLower(sha.GetHashAndReset()) == manifest.ChainSha256 ? null : "The chain's file was changed after it was signed.");
    }

    private static async Task<byte[]> ReadAsync(ZipArchiveEntry entry, CancellationToken cancel)
    {
        await using var from = await entry.OpenAsync(cancel);
        using var bytes = new MemoryStream();
        await from.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }
}
