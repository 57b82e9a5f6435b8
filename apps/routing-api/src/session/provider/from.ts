import { StartFailure } from '../../database/failure.ts';
import { startSentence } from '../../words.ts';
import { type ProviderSettings, readProviderSettings } from './settings.ts';

/**
 * The identity provider that `TONGBAN_OIDC` names: a settings file, or `demonstration` for one that is run beside the
 * centre for as long as the process lives; production refuses that. Throws a {@link StartFailure}.
 */
export async function providerFrom(
  named: string | undefined,
  demonstration: boolean,
  origins: readonly string[],
): Promise<ProviderSettings | undefined> {
  if (named === undefined || named === '') return undefined;
  if (named !== 'demonstration') return readProviderSettings(named);
  if (!demonstration)
    throw new StartFailure(
      'not-for-production',
      startSentence('not-for-production', { what: 'TONGBAN_OIDC=demonstration' }),
    );
  // Only where it is asked for: a production process never loads it.
  const { demonstrationClaims, runProvider } = await import('./embedded.ts');
  return (await runProvider(demonstrationClaims, origins)).settings;
}
