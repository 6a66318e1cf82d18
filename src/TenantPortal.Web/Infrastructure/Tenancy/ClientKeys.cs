using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Seals and opens what belongs to one client with that client's own data key; client and purpose are bound in, so that a value opens nowhere else.</summary>
public sealed class ClientKeys(ClientScopes scopes, MasterKey master, TimeProvider time)
{
    private const string Wrapping = "client-key", TicketSecrets = "ticket-secret";
    private const int NumberBytes = 4, NonceBytes = 12, TagBytes = 16;
    private readonly ConcurrentDictionary<(TenantId Client, int Number), byte[]> opened = new();
    private readonly ConcurrentDictionary<TenantId, int> newest = new();

    /// <summary>Seals what the ticket's words gave up; nothing to do for nearly all tickets.</summary>
    public async Task SealAsync(Ticket ticket, CancellationToken cancel)
    {
        if (ticket.Secrets.Count == 0) return;
        var (number, key) = await NewestAsync(ticket.TenantId, cancel);
        foreach (var secret in ticket.Secrets) secret.Seal(plain => Seal(ticket.TenantId, number, key, Encoding.UTF8.GetBytes(plain), TicketSecrets));
    }

    public Task<string> OpenTicketSecretAsync(TenantId client, byte[] sealedBytes, CancellationToken cancel) => OpenAsync(client, sealedBytes, TicketSecrets, cancel);

    public async Task<byte[]> SealAsync(TenantId client, string plain, string purpose, CancellationToken cancel)
    {
        var (number, key) = await NewestAsync(client, cancel);
        return Seal(client, number, key, Encoding.UTF8.GetBytes(plain), purpose);
    }

    /// <summary>Throws <see cref="CryptographicException"/> when client, key or purpose is another.</summary>
    public async Task<string> OpenAsync(TenantId client, byte[] sealedBytes, string purpose, CancellationToken cancel)
    {
        if (sealedBytes.Length < NumberBytes + NonceBytes + TagBytes) throw new CryptographicException("This was never sealed.");
        var number = BinaryPrimitives.ReadInt32BigEndian(sealedBytes);
        if (!opened.TryGetValue((client, number), out var key)) await ReadAsync(client, cancel);
        if (key is null && !opened.TryGetValue((client, number), out key)) throw new CryptographicException($"The client has no key {number}.");
        var plain = new byte[sealedBytes.Length - NumberBytes - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(sealedBytes.AsSpan(NumberBytes, NonceBytes), sealedBytes.AsSpan(NumberBytes + NonceBytes, plain.Length), sealedBytes.AsSpan(sealedBytes.Length - TagBytes), plain, Bound(client, purpose));
        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] Seal(TenantId client, int number, byte[] key, byte[] plain, string purpose)
    {
        var sealedBytes = new byte[NumberBytes + NonceBytes + plain.Length + TagBytes];
        BinaryPrimitives.WriteInt32BigEndian(sealedBytes, number);
        var nonce = sealedBytes.AsSpan(NumberBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(nonce, plain, sealedBytes.AsSpan(NumberBytes + NonceBytes, plain.Length), sealedBytes.AsSpan(sealedBytes.Length - TagBytes), Bound(client, purpose));
        return sealedBytes;
    }

    private static byte[] Bound(TenantId client, string purpose) => Encoding.UTF8.GetBytes($"{client} {purpose}");

    private async Task<(int Number, byte[] Key)> NewestAsync(TenantId client, CancellationToken cancel)
    {
        if (!newest.TryGetValue(client, out var number) && (number = await ReadAsync(client, cancel)) == 0) number = await MakeAsync(client, cancel);
        return (number, opened[(client, number)]);
    }

    private Task<int> ReadAsync(TenantId client, CancellationToken cancel) => scopes.RunAsync(client, async services =>
    {
        var keys = await services.GetRequiredService<PortalDb>().ClientKeys.AsNoTracking().Where(k => k.TenantId == client).OrderBy(k => k.Number).ToListAsync(cancel);
        foreach (var key in keys) opened[(client, key.Number)] = master.Open(key.Wrapped, Purpose(client, key.Number));
        return keys.Count == 0 ? 0 : newest[client] = keys[^1].Number;
    });

    // in a transaction of its own: the caller's may be undone, and another process may make it at the same moment
    private async Task<int> MakeAsync(TenantId client, CancellationToken cancel)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        try
        {
            await scopes.RunAsync(client, async services =>
            {
                var db = services.GetRequiredService<PortalDb>();
                db.Add(new ClientKey { TenantId = client, Number = 1, Wrapped = master.Seal(key, Purpose(client, 1)), MadeAt = time.GetUtcNow() });
                await db.SaveChangesAsync(cancel);
            });
        }
        catch (DbUpdateException) { /* theirs counts; what else went wrong shows in the reading below */ }
        return await ReadAsync(client, cancel) is > 0 and var number ? number : throw new InvalidOperationException($"No key could be made for client {client}.");
    }

    private static string Purpose(TenantId client, int number) => $"{Wrapping} {client} {number}";
}
